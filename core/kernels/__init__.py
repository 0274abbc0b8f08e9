"""What training runs on: one registry of kernels behind one interface."""

from core.kernels import numpy_kernel  # isort: skip – the kernel that always serves is the first
from core.kernels import compiled_kernel
from core.kernels.kernel import KERNELS, Kernel, Task, choose

__all__ = ["KERNELS", "Kernel", "Task", "choose", "compiled_kernel", "numpy_kernel"]
