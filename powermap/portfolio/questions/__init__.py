"""The manager's questions, one a module, and the frame of their answers."""
