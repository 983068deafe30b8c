"""What Alembic runs: the caller has opened the connection and its transaction, nothing is configured by file."""

from __future__ import annotations

from alembic import context

from wuling_desktop.storage.migrate import options

given = context.config.attributes
context.configure(connection=given["connection"], target_metadata=given["metadata"], **options())
context.run_migrations()
