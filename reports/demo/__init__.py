"""The demonstration: fictional people, a fictional delivery and fictional opleggers."""
