"""The sample press: five small invented newspapers that come with the package, and a guided walk of the main job over them.

Comes in: nothing but a free port or six. Goes out: `DemoPress`, which serves the papers on loopback, each with a look, a language and a
feed dialect of its own (one has no feed, one corrects a story later), and `run_demo`, which adds them by their home pages, polls, shows
teaser and full text side by side, and opens the reading site. People, places and events in them are made up.

Never: reaches beyond this machine, or takes a shortcut around the real steps; a reader could do all of it with the command line.
Start reading at `show.py`. `papers/<paper>/` holds each paper's words and templates, `papers.py` reads them, `printing.py` sets them,
`press.py` serves them.
"""

from broadsheet.demo.press import DemoPress
from broadsheet.demo.show import run_demo

__all__ = ["DemoPress", "run_demo"]
