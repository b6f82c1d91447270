"""The register of documents: papers with their versions, embargo, readers and passages."""
