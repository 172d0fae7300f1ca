"""Foreign players and posts inside an article, as links.

Comes in: a frame, a player, or the quotation that a platform's script would turn into a post. Goes out: an `Embed`, which says who
hosts it, where a reader can open it, and its title and poster if stated. Never lets a foreign frame or script through, and knows
hosts only as platforms (`providers.py`), never as sites to make exceptions for. Start reading at `embed_of`.
"""

from broadsheet.extraction.embeds.find import Embed, completed, embed_of, is_facade, is_quoted_post, quoted_post, videos_in

__all__ = ["Embed", "completed", "embed_of", "is_facade", "is_quoted_post", "quoted_post", "videos_in"]
