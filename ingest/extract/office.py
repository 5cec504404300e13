"""LibreOffice without a window: one word processor's document → another's.

Every conversion has a profile of its own, so that two never wait for one another and nobody's
settings are touched; macros and links to elsewhere are off in it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ingest.extract.programs import ConversionFailed, found, run, workplace

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
# By name, or else a file that is none of these is taken for plain text.
_FILTERS = {"doc": "MS Word 97", "odt": "writer8", "docx": "MS Word 2007 XML"}
_AGAIN = 81  # "start me again": the first start with a new profile


def libreoffice() -> str | None:
    """Path of LibreOffice, None where it is not installed."""
    program = found("soffice", *_PLACES)
    if program is None or sys.platform == "win32":
        return program
    # The program itself and not the script that starts it, so that killing one ends it.
    itself = Path(program).resolve().with_name("soffice.bin")
    return str(itself) if itself.is_file() else program


def convert(content: bytes, given: str, wanted: str = "docx") -> bytes:
    """*content*, of a file with the ending *given* ("doc"), as one with the ending *wanted*. Raises
    ``ConversionFailed``, also where LibreOffice is not installed."""
    program = libreoffice()
    if program is None:
        raise ConversionFailed("LibreOffice is not installed")
    with workplace() as folder:
        (folder / f"paper.{given}").write_bytes(content)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, encoding="utf-8")
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--norestore", f"--infilter={_FILTERS[given]}", "--convert-to", wanted,
            "--outdir", "out", f"paper.{given}",
        ]  # fmt: skip
        code, _ = run(command, folder)
        if code == _AGAIN:
            code, _ = run(command, folder)
        target = folder / "out" / f"paper.{wanted}"
        if not target.is_file():
            raise ConversionFailed(f"LibreOffice wrote nothing (exit code {code})")
        return target.read_bytes()
