"""What every room tells of its dates in the same shape."""
