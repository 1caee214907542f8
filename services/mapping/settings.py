"""Every knob of the mapping service, read from the environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each field is the environment variable RETAINWISE_MAPPING_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="RETAINWISE_MAPPING_")

    required_confidence_min: float = Field(
        78, ge=0, le=100, description="Least confidence, 0-100, to map a required column unasked; more asks oftener."
    )
    optional_confidence_min: float = Field(
        70, ge=0, le=100, description="Least confidence, 0-100, to map an optional column; more leaves more unmapped."
    )

    host: str = Field("127.0.0.1", description="Address to listen on; other machines reach only others than loopback.")
    port: int = Field(50052, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    workers: int = Field(
        10, ge=3, description="Threads for calls; two are kept from streams. More serves more at once."
    )
    grace_s: float = Field(10, ge=0, description="Seconds that running calls may take to finish when told to stop.")
    token: str = Field("", description="Service token that callers must send; empty asks for none.")
    tls_certificate: Path | None = Field(None, description="Certificate chain in PEM; turns TLS on, with tls_key.")
    tls_key: Path | None = Field(None, description="Private key in PEM.")
    tls_client_ca: Path | None = Field(None, description="CA of callers' certificates in PEM; turns mutual TLS on.")
    threads: int = Field(2, ge=1, description="Threads that Arrow may use for one computation.")
    otlp_endpoint: str = Field("", description="OTLP collector (http://host:4317) for traces and metrics; empty: none.")
    log_level: str = Field("INFO", description="Least level that is logged: DEBUG, INFO, WARNING, ERROR.")
