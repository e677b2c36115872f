"""The tables of annotations in the making (SQLAlchemy 2, typed)."""

from datetime import datetime

from sqlalchemy import DateTime, Double, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

SCHEMA = 1
LONGEST_TEXT, LONGEST_NAME = 4000, 80


class Base(DeclarativeBase):
    """Base of the tables."""


class SchemaRow(Base):
    """The version of these tables: one row."""

    __tablename__ = "annotation_schema"
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class VideoRow(Base):
    """A video; width, height in pixels and rate in frames a second once it was opened."""

    __tablename__ = "videos"
    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(Text, unique=True)
    dataset: Mapped[str] = mapped_column(Text)
    manipulation: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(String(4))
    width: Mapped[int | None]
    height: Mapped[int | None]
    rate: Mapped[float | None] = mapped_column(Double)


class AnnotationRow(Base):
    """What one person wrote about one video."""

    __tablename__ = "annotations"
    __table_args__ = (UniqueConstraint("video_id", "annotator"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    video_id: Mapped[int] = mapped_column(ForeignKey("videos.id"))
    annotator: Mapped[str] = mapped_column(String(LONGEST_NAME), index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    difficulty: Mapped[str | None] = mapped_column(String(6))
    watched: Mapped[float] = mapped_column(Double, default=0.0)
    used_original: Mapped[bool] = mapped_column(default=False)
    done: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column()
    updated: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    video: Mapped[VideoRow] = relationship()
    clicks: Mapped[list["ClickRow"]] = relationship(cascade="all, delete-orphan", order_by="ClickRow.frame")
    __mapper_args__ = {"version_id_col": revision}


class ClickRow(Base):
    """A click: frame from 0, time in seconds, x and y in [0, 1] of the frame. One a frame, as in ExDDV."""

    __tablename__ = "clicks"
    annotation_id: Mapped[int] = mapped_column(ForeignKey("annotations.id", ondelete="CASCADE"), primary_key=True)
    frame: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    time: Mapped[float] = mapped_column(Double)
    x: Mapped[float] = mapped_column(Double)
    y: Mapped[float] = mapped_column(Double)


class WordRow(Base):
    """A word that counts as spelt right."""

    __tablename__ = "words"
    word: Mapped[str] = mapped_column(Text, primary_key=True)
