"""What is read beside the playground: help, the sheet of keys, and hints."""
