"""The server: the reading site and the published feeds over HTTP.

Comes in: a store and the settings. Goes out: a Starlette application (`build_app`), and `run_server`, which shows it to the network
from inside a running event loop, so that it can stand beside the engine.

WebSub has two addresses beside it: where hubs call us back, and our own hub, whose deliveries the engine sends (`websub.py`).

Never: changes anything else (there is no cookie, no login, and the only form asks for a feed), writes down who reads what, shows what a
request said, or sends a reader's browser anywhere but to the pictures of an article. Which error becomes which status is one table, in
`errors.py`.
Start reading at `app.py`.
"""

from broadsheet.serve.app import build_app, names_known
from broadsheet.serve.images import images_only
from broadsheet.serve.instant import on_demand
from broadsheet.serve.published import reach_of
from broadsheet.serve.server import run_server

__all__ = ["build_app", "images_only", "names_known", "on_demand", "reach_of", "run_server"]
