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

/// What says how pods of tasks are made.
pub const OF_KUBERNETES: [&str; 3] = ["workers.kubernetes", "podTemplate", "multiNamespaceMode"];
