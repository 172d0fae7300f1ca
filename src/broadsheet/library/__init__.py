"""The front door for programs: what the command line and the server do, as functions.

`workshop()` opens everything the steps need (client, reading processes, store) and closes it again; `poll_once`, `run_for_ever`,
`add_sources`, `publish_tree`, `archive_tree`, `import_tree` are the main jobs; `read_page` extracts one page with nothing but
the core install. Nothing here prints or parses arguments. Start reading at `workshop.py`.
"""

from broadsheet.library.reading import read_page
from broadsheet.library.workshop import workshop

__all__ = ["read_page", "workshop"]
