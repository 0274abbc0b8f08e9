"""What is seen: widgets that are told by frames and speak by gestures; no session, no thread."""
