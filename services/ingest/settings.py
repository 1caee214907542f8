"""Every knob of ingest: its unit, its default and what turning it does."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from RETAINWISE_INGEST_…"""

    model_config = SettingsConfigDict(env_prefix="RETAINWISE_INGEST_")

    columns_max: int = Field(
        2_000, ge=1, description="Most columns of a file; memory grows with them, beyond: refused."
    )
    line_bytes_max: int = Field(
        4 << 20,
        ge=1024,
        le=6 << 20,
        description="Longest row in bytes of UTF-8; what is buffered of a file without line ends.",
    )
    unpacked_bytes_max: int = Field(
        20 << 30, ge=1, description="Largest file once unpacked, in bytes; bounds the time one file may take."
    )
    gzip_ratio_max: float = Field(
        200, ge=1, description="Most bytes that one byte of gzip may unpack to; lower finds bombs sooner."
    )
    gzip_ratio_from_bytes: int = Field(
        64 << 20, ge=0, description="Unpacked bytes before gzip_ratio_max is looked at; small files may pack well."
    )
    spool_bytes_max: int = Field(
        2 << 30,
        ge=1,
        description="Largest zip, Excel, Parquet or Arrow file in bytes; it waits in the temporary folder.",
    )
    workbook_bytes_max: int = Field(
        512 << 20, ge=1, description="Largest Excel workbook unpacked, in bytes; a sheet is read in memory."
    )
    workbook_cells_max: int = Field(
        12_000_000, ge=1, description="Most cells of the rectangle of a sheet; memory grows by some 50 bytes a cell."
    )
    row_group_bytes_max: int = Field(
        1 << 30, ge=1, description="Largest row group of a Parquet file unpacked, in bytes; bounds memory."
    )

    host: str = Field("127.0.0.1", description="Address to listen on; 0.0.0.0 opens the stage to the network.")
    port: int = Field(50051, ge=0, le=65535, description="TCP port; 0 takes a free one.")
    workers: int = Field(10, ge=3, description="Threads of the server; two less is how many files are read at once.")
    grace_s: float = Field(10, ge=0, description="Seconds that running calls get to finish when told to stop.")
    token: str = Field("", description="Service token that callers must show; empty asks for none.")
    tls_certificate: Path | None = Field(None, description="PEM certificate; with tls_key it turns TLS on.")
    tls_key: Path | None = Field(None, description="PEM private key of tls_certificate.")
    tls_client_ca: Path | None = Field(None, description="PEM CA; callers must then show a certificate it signed.")
    threads: int = Field(2, ge=1, description="Threads that Arrow may use; more help only one large file at a time.")
    otlp_endpoint: str = Field("", description="OTLP gRPC endpoint for traces and metrics; empty keeps them in.")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
