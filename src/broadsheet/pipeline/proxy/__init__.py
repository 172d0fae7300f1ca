"""The image proxy at work: from what a link asks for to a picture.

Comes in: an `Asked`, whether the client may have it, which formats it takes. Goes out: a `Served` picture, or an ImageError with the status
and words that clients know. On the way: the cache of made pictures, the stored original, the cache of fetched ones, the network.

Never: answers HTTP (`serve/images.py`), touches pixels in this process (`engine/makers.py`), decides who may ask for work
(the door brings that as `admit`). Start reading at `service.py`; `sources.py` is where a picture's bytes come from, `flight.py` keeps two
clients from causing the same work.
"""

from broadsheet.pipeline.proxy.service import ImageProxy, Served
from broadsheet.pipeline.proxy.sources import Known, Sources

__all__ = ["ImageProxy", "Known", "Served", "Sources"]
