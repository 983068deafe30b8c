"""Add transfers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_started_on", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("out_started_on", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("letter_number", sa.String(length=200), nullable=True))
