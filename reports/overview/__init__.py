"""The dashboard: is it getting better, will the certificate hold, what comes next."""
