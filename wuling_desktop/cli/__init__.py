"""The headless verbs: the services of the window, for an administrator, batch work and acceptance checks."""
