"""Every knob of the gateway's two processes: its unit, its default and what turning it does."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from RETAINWISE_GATEWAY_…; the HTTP process and the worker share them."""

    model_config = SettingsConfigDict(env_prefix="RETAINWISE_GATEWAY_")

    host: str = Field("127.0.0.1", description="Address the HTTP server listens on; 0.0.0.0 opens it to the network.")
    port: int = Field(8000, ge=0, le=65535, description="TCP port of the HTTP server; 0 takes a free one.")
    grace_s: float = Field(10, ge=0, description="Seconds that requests under way get to finish when told to stop.")

    database_url: str = Field(
        "sqlite:///retainwise.db", description="SQLAlchemy URL of the database: sqlite:///… or postgresql+psycopg://…"
    )
    store_url: str = Field("objects", description="Where objects lie: a directory, file:///…, or s3://bucket/prefix.")
    queue_url: str = Field("table", description='"table" for the job table itself, or the https URL of an SQS queue.')
    scratch_dir: Path = Field(
        Path("scratch"),
        description="Folder for uploads on their way and cached results; wants the size of a few files.",
    )

    page_dir: Path = Field(
        Path(__file__).resolve().parents[2] / "frontend" / "dist",
        description="Folder of the built page (`make page`); without it, only the API is served.",
    )

    public_url: str = Field(
        "", description="Where people reach this service (https://app.example.com), where that is not its own address."
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses of proxies, comma-separated, whose word on the caller's address and on TLS is believed.",
    )
    cors_origins: str = Field(
        "", description="Origins, comma-separated, whose pages may call the API with a token; never with a session."
    )
    session_key_file: Path = Field(
        Path("session.key"),
        description="Ed25519 key in PEM that signs sessions; made if missing. All gateways of one service share it.",
    )
    session_s: float = Field(7 * 86_400, gt=0, description="Seconds after which a person has to sign in again.")
    invitation_s: float = Field(7 * 86_400, gt=0, description="Seconds for which a one-time link works.")
    first_link_file: Path | None = Field(
        None,
        description="File for the one-time link that makes the first account, the first tenant's owner; gone after.",
    )
    sign_in_tries: int = Field(
        10,
        gt=0,
        description="Sign-ins tried for one e-mail address in 15 minutes; from one caller, three times as many.",
    )
    sign_up: bool = Field(False, description="Whether a stranger may make a company here, with a trial.")
    jwt_issuer: str = Field(
        "",
        description="`iss` of an outer issuer (Clerk: https://….clerk.accounts.dev); people then sign in there only.",
    )
    jwt_audience: str = Field("", description="`aud` that its tokens must have; required with jwt_issuer.")
    jwt_algorithms: str = Field("RS256", description="The only algorithms, comma-separated, that its tokens may use.")
    jwt_jwks_url: str = Field("", description="Where its keys are; empty: jwt_issuer + /.well-known/jwks.json.")
    jwt_email_claim: str = Field("email", description="Claim with the address; counts with `email_verified` true.")
    jwt_name_claim: str = Field("name", description="Claim with the person's name.")
    jwt_parties: str = Field("", description="Origins, comma-separated, that `azp` must be one of; empty: any.")
    jwt_provider: str = Field("clerk", description="The outer issuer's name, for the page.")
    clerk_publishable_key: str = Field("", description="Clerk's key for the page's sign-in form; no secret.")

    ingest_address: str = Field("127.0.0.1:50051", description="host:port of ingest; several, comma-separated, share.")
    mapping_address: str = Field(
        "127.0.0.1:50052", description="host:port of mapping; several, comma-separated, share."
    )
    validation_address: str = Field("127.0.0.1:50053", description="host:port of validation; several are balanced.")
    scoring_address: str = Field("127.0.0.1:50054", description="host:port of scoring; several are balanced.")
    service_token: str = Field("", description="Token the stages ask for; empty where they ask for none.")
    stage_tls_ca: Path | None = Field(None, description="CA that signed the stages' certificates; absent: no TLS.")
    stage_tls_certificate: Path | None = Field(
        None, description="The gateway's own certificate, where stages ask for it."
    )
    stage_tls_key: Path | None = Field(None, description="Private key of stage_tls_certificate.")
    stage_idle_s: float = Field(
        60, gt=0, description="Seconds without a message after which a stage's stream is given up."
    )

    upload_bytes_max: int = Field(
        5 << 30, gt=0, description="Largest file taken; beyond it an upload is refused (413)."
    )
    upload_idle_s: float = Field(60, gt=0, description="Seconds an upload may stand still before it is given up.")
    preview_bytes_max: int = Field(16 << 20, gt=0, description="Largest head of a file that a mapping preview reads.")

    results_cache_bytes_max: int = Field(
        10 << 30, gt=0, description="Size of the local copies of results; the least recently read go first."
    )
    queries_max: int = Field(
        2, gt=0, description="Queries over results that run at once; more wait, up to query_wait_s."
    )
    query_wait_s: float = Field(20, gt=0, description="Seconds a query waits for its turn before 503.")
    query_memory_mib: int = Field(
        256, ge=64, description="Memory of all queries together; beyond it they spill to disk."
    )
    query_spill_bytes_max: int = Field(
        10 << 30, gt=0, description="Temporary disk of all queries together; one that would take more gets 503."
    )
    downloads_bytes_max: int = Field(
        10 << 30, gt=0, description="Disk that finished exports take until their readers are through; beyond it, 503."
    )
    clustering_bytes_max: int = Field(
        50 << 30,
        gt=0,
        description="Temporary disk for bringing each customer's rows together; beyond it the job fails.",
    )
    threads: int = Field(2, gt=0, description="Threads that DuckDB and Arrow may use in each of the two processes.")

    lease_s: float = Field(
        30, gt=0, description="Seconds a worker holds a job unrenewed; shorter finds dead workers sooner."
    )
    attempts_max: int = Field(
        3, gt=0, description="Workers that may die over a job before it goes to the dead letters."
    )
    pass_tries: int = Field(6, gt=0, description="Times a worker tries a pass when a stage is down or busy.")
    patience_s: float = Field(
        86_400, gt=0, description="Age of a job in seconds up to which an outage is waited out; then it fails."
    )
    poll_s: float = Field(1, gt=0, description="Seconds the worker waits on an empty queue before it looks again.")
    sweep_s: float = Field(
        5, gt=0, description="Seconds between sweeps that announce jobs nobody was told of, or that died."
    )

    tidy_s: float = Field(
        86_400, gt=0, description="Seconds between searches of the store for what no job names; it goes when a day old."
    )
    exports_kept_s: float = Field(
        7 * 86_400, gt=0, description="Seconds that the file of an export is kept, from when it was asked for."
    )
    ready_file: Path | None = Field(
        None,
        description="File that the worker touches with each sweep that works; an old one says that it is not well.",
    )

    otlp_endpoint: str = Field("", description="OTLP gRPC endpoint for traces and metrics; empty keeps them in.")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
