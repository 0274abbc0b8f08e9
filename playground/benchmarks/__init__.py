"""`playground bench`: what the program does on this machine, beside what it shall do and what others do."""
