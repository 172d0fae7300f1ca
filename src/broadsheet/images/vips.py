"""libvips as we let it run: only in processes of their own, one thread, no cache, no reader that is not asked for.

Importing this module loads the library. Raises ImportError where the extra `images` is not installed.
"""

from __future__ import annotations

import os

os.environ.setdefault("VIPS_CONCURRENCY", "1")  # a process a picture; threads would only take memory and each other's time

import pyvips  # type: ignore[import-untyped]  # it has no stubs

# Readers that libvips itself does not trust with bytes from outside are off; of these we need SVG's, which reads nothing but its input:
# a test shows it. What is off cannot be chosen by disguise.
pyvips.block_untrusted_set(True)
pyvips.operation_block_set("VipsForeignLoadSvg", False)
pyvips.cache_set_max(0)
pyvips.cache_set_max_mem(0)

Image = pyvips.Image
Error = pyvips.Error

__all__ = ["Error", "Image", "pyvips"]
