"""What Alembic runs: the migrations, on the connection and in the transaction that `upgrade` opened."""

from alembic import context

from services.gateway.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter most of a table in place
)
context.run_migrations()
