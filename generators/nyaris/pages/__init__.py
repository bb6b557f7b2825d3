"""Self-contained HTML pages: the shell, its security policy, marked edits and browsable rows."""
