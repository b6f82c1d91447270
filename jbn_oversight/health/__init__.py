"""Whether a part of the portal does its work: asked from within its machine or container."""
