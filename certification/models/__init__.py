"""Certificates and their sources; norms, compliance runs and their results."""

from certification.models.certificates import Certificate, CertificateCondition
from certification.models.norms import Norm
from certification.models.results import KpiResult
from certification.models.runs import ComplianceRun
from certification.models.sources import Source

__all__ = [
    "Certificate",
    "CertificateCondition",
    "ComplianceRun",
    "KpiResult",
    "Norm",
    "Source",
]
