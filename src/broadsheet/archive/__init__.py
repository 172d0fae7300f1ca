"""The lasting archive: Markdown files that people read on any plain git host, and that outlive us.

Comes in: sources and stored articles (with their earlier revisions), an image rewriter, a zone, the time. Goes out: a folder in one of
two forms, `native` (every field, every revision, a manifest with hashes) and `compatible` (the bytes and names that archives of
full-text feeds have long had), and a `WriteReport`. `read_archive` takes either form, or a single file, back in.
Never: fetches, asks the store, deletes what it did not write, gives an article a second place, or writes a file that has not changed.
A folder that holds something else is refused. Whatever is read is hostile: bounded, sanitised, and one bad file stops no other.
Start reading at `native/writer.py`; `folder.py` is the only module that writes, `reader.py` the way back.
"""

from broadsheet.archive import compatible, native
from broadsheet.archive.archived import ArchivedArticle
from broadsheet.archive.config import ArchiveSettings, zone_named
from broadsheet.archive.folder import WriteReport
from broadsheet.archive.reader import read_archive

__all__ = ["ArchiveSettings", "ArchivedArticle", "WriteReport", "compatible", "native", "read_archive", "zone_named"]
