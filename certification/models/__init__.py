"""Certificates and their sources; norms, compliance runs and their results."""

from certification.models.certificates import Certificate, CertificateCondition
from certification.models.chart_phases import ChartPhase
from certification.models.decisions import CertificateDecision, WeighingPoint
from certification.models.documents import (
    Document,
    DocumentReader,
    DocumentReading,
    DocumentVersion,
    Passage,
)
from certification.models.frameworks import NormFramework, NormTheme, Requirement
from certification.models.norms import Norm
from certification.models.results import KpiResult
from certification.models.runs import ComplianceRun
from certification.models.sources import Source

__all__ = [
    "Certificate",
    "CertificateCondition",
    "CertificateDecision",
    "ChartPhase",
    "ComplianceRun",
    "Document",
    "DocumentReader",
    "DocumentReading",
    "DocumentVersion",
    "KpiResult",
    "Norm",
    "NormFramework",
    "NormTheme",
    "Passage",
    "Requirement",
    "Source",
    "WeighingPoint",
]
