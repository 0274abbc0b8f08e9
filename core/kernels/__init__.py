"""What training runs on: one registry of kernels behind one interface."""

from core.kernels import numpy_kernel
from core.kernels.kernel import KERNELS, Kernel, Task, choose

__all__ = ["KERNELS", "Kernel", "Task", "choose", "numpy_kernel"]
