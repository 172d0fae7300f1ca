"""Lines that belong to an article but are not its text: who contributed or translated, who the author is, what was corrected.

Comes in: the body's choices. Goes out: the same choices with such lines dropped, and the `Note`s in their order. Looks only at the
ends of the text, where these lines stand. Start reading at `part_notes`.
"""

from broadsheet.extraction.notes.find import Tail, part_notes

__all__ = ["Tail", "part_notes"]
