"""Collections of articles."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "collections",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("deleted", sa.Float),
    )
    op.create_index("collections_of_owner", "collections", ["owner"])
    op.create_table(
        "members",
        sa.Column(
            "collection",
            sa.String,
            sa.ForeignKey("collections.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("article", sa.String, primary_key=True),
    )
