"""One person is one: which records mean the same, and how two are made one."""
