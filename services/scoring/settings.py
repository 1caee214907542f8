"""Every knob of scoring: its unit, its default and what turning it does."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each field is the environment variable RETAINWISE_SCORING_<NAME>."""

    # "model_" is pydantic's own prefix otherwise.
    model_config = SettingsConfigDict(env_prefix="RETAINWISE_SCORING_", protected_namespaces=())

    models_url: str = Field(
        "models", description="Where the models lie: a folder, file:///folder or s3://bucket/models."
    )
    trusted_keys: Path | None = Field(
        None,
        description="Folder of public keys (<key-id>.pub) whose signatures count. None takes the registry's own keys/, "
        "to which whoever can write models can add: set it wherever others write to the bucket.",
    )
    warm_families: tuple[str, ...] = Field(
        ("baseline-saas", "baseline-telecom"),
        description="Model families loaded before the first call (a JSON list); more make the start slower.",
    )
    deployment_key: Path | None = Field(
        None,
        description="Private key that signs models trained here, made at the first training. None: keys/deployment.key "
        "beside models that lie in a folder; elsewhere training is refused.",
    )
    train_rows_max: int = Field(
        2_000_000,
        ge=1,
        description="Rows of one training that are taken; they rest on disk. Of more than 100,000 it learns from some.",
    )
    refresh_s: float = Field(
        10,
        ge=0,
        description="Seconds a loaded version counts as verified, and CURRENT as read; more spares requests to the "
        "store, less sees sooner what another process promoted or whose key was taken off the ring.",
    )
    models_max: int = Field(8, ge=1, description="Loaded models kept in memory; more spares reloading, at ~10 MB each.")

    host: str = Field("127.0.0.1", description="Address to listen on; 0.0.0.0 opens the stage to the network.")
    port: int = Field(50054, ge=0, le=65535, description="TCP port; 0 takes a free one.")
    workers: int = Field(10, ge=3, description="Threads of the server; two less is how many tables are scored at once.")
    grace_s: float = Field(10, ge=0, description="Seconds that running calls get to finish when told to stop.")
    token: str = Field("", description="Service token that callers must show; empty asks for none.")
    tls_certificate: Path | None = Field(None, description="PEM certificate; with tls_key it turns TLS on.")
    tls_key: Path | None = Field(None, description="PEM private key of tls_certificate.")
    tls_client_ca: Path | None = Field(None, description="PEM CA; callers must then show a certificate it signed.")
    threads: int = Field(2, ge=1, description="Threads that Arrow and XGBoost may use.")
    otlp_endpoint: str = Field("", description="OTLP gRPC endpoint for traces and metrics; empty keeps them in.")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
