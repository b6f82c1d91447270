"""What municipalities agreed about money."""
