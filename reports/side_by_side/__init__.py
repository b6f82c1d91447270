"""Per theme what the certifying body, the inspectorates and the own figures say."""
