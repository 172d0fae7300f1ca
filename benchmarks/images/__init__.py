"""`make bench-images`: how we make pictures and hand them out, beside Pillow, nginx and bare libvips, in one run on the same machine.

Comes in: nothing (photographs of 3000 x 2000 pixels are made here), or a folder of JPEGs. Goes out: tables of pictures a CPU second with the
bytes and the likeness of what was made, of memory, of AVIF by effort, and of cached pictures a second from the real server. Each side runs in
a process of its own, Pillow in an environment of its own; sides take turns picture by picture, and CPU seconds are counted, so that a busy
machine is as busy for all. Start reading at `__main__.py`.
"""
