"""The only SQL: one SQLite file in the workspace, one transaction helper, one module a table family.

Open it once with `open_store(folder)`, take connections from `Store.connect(role)`, pass them to the
plain functions of `creators`, `videos`, `comments`, `labels`, `predictions`, `clients`, `door_keys`,
`settings` and `sample`. Every write happens inside `transaction(connection)`.
"""

from companion.store.connection import Role, Store, StoreBusyError, StoreError, open_store, transaction
from companion.store.schema import SchemaTooNewError
from companion.store.workspace import Workspace

__all__ = ["Role", "SchemaTooNewError", "Store", "StoreBusyError", "StoreError", "Workspace", "open_store", "transaction"]
