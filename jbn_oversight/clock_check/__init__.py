"""Whether the clocks of the portal agree: a clock that is wrong must open nothing early."""
