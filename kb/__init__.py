"""What the law says and how it hangs together: values in, values out.

Everything here but ``kb.store`` and ``kb.index`` is pure: no file, no clock, no network, no
database. ``kb`` imports neither ``ingest`` nor ``web`` (``tests/test_layers.py`` holds it).
"""

__version__ = "0.1.0"
