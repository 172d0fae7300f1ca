"""Pictures: what a link to the image proxy asks for, how it is signed, and how one picture is made of another.

Comes in: a query in the grammar of weserv's proxy (the subset in docs/reference/image-proxy.md), the bytes of a picture. Goes out: an
`Asked`, a `Made` picture, the facts of an original, the errors with the status and words that clients know.

Never: fetches (`pipeline/proxy` does, through the one client), stores originals (`store`), answers anybody (`serve/images.py`). Pixels are
the business of libvips, which is loaded only where pictures are made: in processes of their own, since what comes from the network may
crash it. Start reading at `wish.py`, then `query.py` for the grammar and `making.py` for the pixels.
"""
