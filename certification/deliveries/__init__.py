"""The door for deliveries and typed staffing: pages, upload, tasks."""
