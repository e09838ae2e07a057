//! The event envelope, which every payload of the Console shares.

use serde_json::{Map, Number, Value};

use crate::{Code, MAX_EVENT_TIMESTAMP, Verified};

/// An event: `{"eventName": …, "eventTimestamp": …, "payload": {…}}`.
///
/// Unknown keys in the payload are kept, and unknown keys next to it are ignored:
/// payloads have grown with every version of the Console. An unknown `eventName`
/// is not an error.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    name: String,
    timestamp: u64,
    payload: Map<String, Value>,
}

impl Event {
    /// Reads the event from a verified payload.
    ///
    /// # Errors
    /// [`Code::EventMalformed`] when the payload is not a JSON object with
    /// `eventName` (a non-empty string), `eventTimestamp` (an integer from 0
    /// to [`MAX_EVENT_TIMESTAMP`]) and `payload` (an object).
    ///
    /// ```
    /// use mia_webhooks::{Code, Event, Secret, Verifier};
    ///
    /// let verifier = Verifier::new([Secret::new("secret")?])?;
    /// let payload = br#"{"eventName":"tag_created","eventTimestamp":123456,"payload":{"tagName":"v1"}}"#;
    /// let token = verifier.sign(payload).to_string();
    ///
    /// let event = Event::parse(&verifier.verify(payload, Some(token.as_bytes()))?)?;
    /// assert_eq!(event.timestamp(), 123_456);
    /// assert_eq!(event.payload()["tagName"], "v1");
    /// # Ok::<(), Code>(())
    /// ```
    pub fn parse(verified: &Verified<'_>) -> Result<Self, Code> {
        read(verified.payload()).ok_or(Code::EventMalformed)
    }

    /// `eventName`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `eventTimestamp`: when the event was emitted, in milliseconds since the
    /// Unix epoch.
    #[must_use]
    pub const fn timestamp(&self) -> u64 {
        self.timestamp
    }

    /// `payload`: what the event says.
    #[must_use]
    pub const fn payload(&self) -> &Map<String, Value> {
        &self.payload
    }
}

fn read(payload: &[u8]) -> Option<Event> {
    let Value::Object(mut envelope) = serde_json::from_slice(payload).ok()? else { return None };
    let Value::String(name) = envelope.remove("eventName")? else { return None };
    let Value::Number(timestamp) = envelope.remove("eventTimestamp")? else { return None };
    let Value::Object(payload) = envelope.remove("payload")? else { return None };
    if name.is_empty() {
        return None;
    }
    Some(Event { name, timestamp: milliseconds(&timestamp)?, payload })
}

/// Accepts the same integers as JavaScript's `Number.isSafeInteger`: `1e3` and
/// `1000.0` are other ways to write the same number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "the value was checked to be an integer from 0 to 2^53 - 1, where f64 is exact"
)]
fn milliseconds(number: &Number) -> Option<u64> {
    let value = match number.as_u64() {
        Some(integer) => integer,
        None => number
            .as_f64()
            .filter(|float| float.fract() == 0.0 && (0.0..=MAX_EVENT_TIMESTAMP as f64).contains(float))?
            as u64,
    };
    (value <= MAX_EVENT_TIMESTAMP).then_some(value)
}
