"""Tables with definitions, and protection of small numbers."""
