"""Runs the migration scripts on the connection that `spm.store.migration` hands over."""

from alembic import context

from spm.store.tables import Table

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
