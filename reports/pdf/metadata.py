"""The file's own description: XMP, the information dictionary, and the files inside.

WeasyPrint would write a second RDF block, which readers ignore; this writes the whole packet
once, with both marks (PDF/A-3a and PDF/UA-1) in it. No person, folder or machine is named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, Protocol
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, NameTree, Pdf, Stream, String

from reports.documents.rules import Attached

PRODUCER: Final = "JBN Oversight"

_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""

_BEFORE_IDENTIFIER: Final = b"<dc:language>"


class Described(Protocol):
    """What the description of a file is made of; ``frozen_at`` has a zone and dates the file."""

    @property
    def title(self) -> str:
        """What the file is called."""

    @property
    def subject(self) -> str:
        """What it is about, in a line."""

    @property
    def language(self) -> str:
        """Code of its language."""

    @property
    def frozen_at(self) -> datetime:
        """The moment that dates it."""


def _pdf_date(moment: datetime) -> str:
    return f"D:{moment.astimezone(UTC):%Y%m%d%H%M%S}Z"


def describe(pdf: Pdf, document: Described) -> None:
    """Write XMP and information dictionary again, dated at the document's sign-off."""
    moment = f"{document.frozen_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    packet = _PACKET.format(
        language=document.language,
        title=escape(document.title),
        subject=escape(document.subject),
        producer=PRODUCER,
        moment=moment,
    )
    stream = Stream(pdf, packet.encode("utf-8"))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(document.title),
            Subject=String(document.subject),
            Producer=String(PRODUCER),
            CreationDate=String(_pdf_date(document.frozen_at)),
            ModDate=String(_pdf_date(document.frozen_at)),
        )
    )


def identify(pdf: Pdf, code: str) -> None:
    """Add an identifier to the XMP packet. Raises ``ValueError`` where it is not one of ours."""
    metadata = pdf.Root.get("/Metadata")
    packet = metadata.read_bytes() if isinstance(metadata, Stream) else b""
    if packet.count(_BEFORE_IDENTIFIER) != 1 or b"<dc:identifier>" in packet:
        raise ValueError("not a description of ours, or one that has an identifier already")
    line = f"<dc:identifier>{escape(code)}</dc:identifier>\n".encode()
    pdf.Root.Metadata.write(packet.replace(_BEFORE_IDENTIFIER, line + _BEFORE_IDENTIFIER))


def attach(pdf: Pdf, attachments: Iterable[Attached]) -> None:
    """Put the files into the PDF, each with its type, description, date and relationship."""
    files = NameTree.new(pdf)
    associated = Array()
    for attached in sorted(attachments, key=lambda one: one.name):
        stream = Stream(pdf, attached.data)
        stream.Type = Name.EmbeddedFile
        stream.Subtype = Name(f"/{attached.mime}")
        stream.Params = Dictionary(
            Size=len(attached.data),
            CheckSum=String(hashlib.md5(attached.data, usedforsecurity=False).digest()),
            CreationDate=String(_pdf_date(attached.modified)),
            ModDate=String(_pdf_date(attached.modified)),
        )
        body = pdf.make_indirect(stream)
        specification = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(attached.name),
                UF=String(attached.name),
                Desc=String(attached.description or attached.name),
                AFRelationship=Name(f"/{attached.relationship}"),
                EF=Dictionary(F=body, UF=body),
            )
        )
        files[attached.name] = specification
        associated.append(specification)
    if len(associated):
        names = pdf.Root.get("/Names", Dictionary())
        names.EmbeddedFiles = files.obj
        pdf.Root.Names = names
        pdf.Root.AF = associated
