//! Times, in milliseconds since the Unix epoch.

/// The largest `eventTimestamp`: the largest integer that a JavaScript number
/// holds exactly, 2⁵³ − 1.
pub const MAX_EVENT_TIMESTAMP: u64 = (1 << 53) - 1;
