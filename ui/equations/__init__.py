"""Equations as they are painted: real mathematical type from boxes without sizes."""
