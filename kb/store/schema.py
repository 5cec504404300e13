"""Tables of the library. Rebuilt from the corpus, never migrated: a new SCHEMA means a rebuild."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, MetaData, String, Table, Text

# Raised with every change below; an older library is rebuilt, not read.
SCHEMA = "12"

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
documents = Table(
    "documents",
    metadata,
    Column("key", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("type_slug", String, nullable=False),
    Column("number_key", String, nullable=False, index=True),
    Column("document", Text, nullable=False),  # JSON of kb.documents.Document
    Column("entry", Text, nullable=False),  # JSON of kb.catalogue.Entry
    Column("shown", String, nullable=False, default="", index=True),  # id of an expression
    Column("records", Integer, nullable=False, default=0),  # how many the index has of it
)
# Each text, from one file; the tables of what stands in a text have its id as ``expression``.
expressions = Table(
    "expressions",
    metadata,
    Column("id", String, primary_key=True),
    Column("key", String, nullable=False, default="", index=True),  # of the work
    Column("sha256", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("document", Text, nullable=False),  # JSON of the letterhead as this text has it
    Column("length", Integer, nullable=False),
    _text("received"),
    Column("number_block", String, nullable=False, index=True),
    Column("title_block", String, nullable=False, index=True),
    Column("differs", Text, nullable=False, default="[]"),  # JSON of kb.expressions.Difference
    Column("paper", Boolean, nullable=False, default=False),
    Column("text", Text, nullable=False, default=""),
    Column("quotable", Boolean, nullable=False, default=True),
    Column("unparsed", Float, nullable=False, default=0.0),
)
# The text as its file has it, beside the one that is parsed; all but the hash compressed.
sources = Table(
    "sources",
    metadata,
    Column("text_of", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("printed", LargeBinary, nullable=False),
    Column("source", LargeBinary, nullable=False),
    Column("lines", LargeBinary, nullable=False),  # kb.sources.SourceLine
    Column("map", LargeBinary, nullable=False),  # from the parsed text into ``source``
)
files = Table(
    "files",
    metadata,
    Column("sha256", String, primary_key=True),
    _text("name"),
    _text("media_type"),
    Column("pages", Integer),
    Column("size", Integer, nullable=False),
    _text("received"),
    _text("url"),
)
provisions = Table(
    "provisions",
    metadata,
    Column("expression", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("parent", Integer),  # position of the parent, None for the root
    Column("id", String, nullable=False),
    Column("level", String, nullable=False),
    _text("marker"),
    _text("number"),
    _text("heading"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("own_start", Integer, nullable=False),
    Column("own_end", Integer, nullable=False),
)
citations = Table(
    "citations",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("expression", String, nullable=False, index=True),
    Column("provision", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("text"),
    _text("kind"),
    _text("type"),
    _text("number"),
    _text("date"),
    _text("issuer"),
    _text("title"),
    _text("pinpoints"),
    Column("asked", String, nullable=False, default="", index=True),  # kb.catalogue.asked_key
    Column("target", String, nullable=False, default="", index=True),
    _text("target_provision"),
    _text("candidates"),
    _text("correction"),
    _text("notes"),
    _text("reason"),
)
# What the codification notes under an article, of a text that was read from it.
code_notes = Table(
    "code_notes",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("expression", String, nullable=False, index=True),
    Column("code", String, nullable=False, index=True),  # id of the article in the codification
    _text("provision"),
    _text("label"),
    _text("heading"),
    _text("note"),
    _text("url"),
    Column("related", Text, nullable=False, default="[]"),  # JSON [[code, label, heading], …]
)
# What a portal noted inside a text: kb.portal_notes.PortalNote.
portal_notes = Table(
    "portal_notes",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("expression", String, nullable=False, index=True),
    _text("provision"),
    _text("verb"),
    _text("about"),
    _text("object"),
    _text("number"),
    Column("since", String),
    _text("words"),
)
relations = Table(
    "relations",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("subject", String, nullable=False, index=True),
    _text("verb"),
    Column("object", String, index=True),
    _text("object_text"),
    _text("provisions"),
    Column("since", String),
    _text("sources"),
    _text("note"),
    _text("read_in"),  # key of the text that says so, "" where the catalogue does
    # What the subject is looked up by (kb.lookup.asked_key) where the codification's notes under
    # the object say so, "" where a text or the catalogue does.
    Column("asked", String, nullable=False, default="", index=True),
)
# The days a document's own text names for its effect: kb.amendments.Effect.
effects = Table(
    "effects",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("key", String, nullable=False, index=True),
    _text("day"),
    _text("where"),
    _text("words"),
    Column("excepted", Boolean, nullable=False, default=False),
)
digests = Table(
    "digests",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("key", String, nullable=False, index=True),
    Column("digest", Text, nullable=False),  # JSON of kb.catalogue.Digest
)
findings = Table(
    "findings",
    metadata,
    Column("row", Integer, primary_key=True),
    # id of an expression, or the key of a work for what is doubtful of its identity
    Column("key", String, nullable=False, index=True),
    _text("code"),
    _text("severity"),
    _text("message"),
    _text("hint"),
    _text("where"),
    Column("start", Integer),
    Column("end", Integer),
)
links = Table(
    "links",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("plan", String, nullable=False, index=True),
    Column("item", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("target", String, nullable=False, index=True),
    _text("number"),
    _text("cited"),
    _text("via"),
    _text("correction"),
    _text("reason"),
    _text("provision"),
    Column("confidence", Float),
    _text("sentence"),
)
