//! Keys that have an effect with some executors alone.

/// What Celery's workers, its broker and its monitor are for.
pub const OF_CELERY: [&str; 12] = [
    "workers.replicas",
    "workers.keda.enabled",
    "workers.hpa.enabled",
    "workers.celery.replicas",
    "workers.celery.keda.enabled",
    "workers.celery.hpa.enabled",
    "workers.celery.persistence.enabled",
    "workers.celery.sets",
    "redis.enabled",
    "flower.enabled",
    "data.brokerUrl",
    "data.brokerUrlSecretName",
];

/// What says how workers are, of all kinds.
pub const OF_WORKERS: &str = "workers";

/// The kinds of workers, each with its own key there.
pub const KINDS: [&str; 3] = ["celery", "kubernetes", "edge"];

/// The workers at the edge.
pub const OF_EDGE: [&str; 1] = ["workers.edge"];

/// What says how pods of tasks are made.
pub const OF_KUBERNETES: [&str; 2] = ["workers.kubernetes", "podTemplate"];
