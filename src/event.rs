//! The event envelope, which every payload of the Console shares.

use serde_json::{Map, Number, Value};

use crate::{Code, MAX_EVENT_TIMESTAMP, Verified, reason::reasons};

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

reasons! {
    /// Why a verified payload is not an event. Names are stable; new ones may be added. The
    /// first problem that is found counts, in this order.
    EventProblem;
    NotUtf8, "not_utf8", "It is not UTF-8.";
    NotJson, "not_json", "It is not JSON.";
    NotAnObject, "not_an_object", "It is not an object.";
    EventNameMissing, "event_name_missing", "eventName is missing.";
    EventNameType, "event_name_type", "eventName is not a string.";
    EventNameEmpty, "event_name_empty", "eventName is empty.";
    EventTimestampMissing, "event_timestamp_missing", "eventTimestamp is missing.";
    EventTimestampType, "event_timestamp_type", "eventTimestamp is not a number.";
    EventTimestampRange, "event_timestamp_range", "eventTimestamp is not an integer from 0 to 2^53 - 1.";
    PayloadMissing, "payload_missing", "payload is missing.";
    PayloadType, "payload_type", "payload is not an object.";
}

impl core::fmt::Display for EventProblem {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.message())
    }
}

impl core::error::Error for EventProblem {}

impl From<EventProblem> for Code {
    fn from(_: EventProblem) -> Self {
        Self::EventMalformed
    }
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
        Ok(Self::read(verified)?)
    }

    /// As [`Event::parse`], but the error says which part of the payload is wrong.
    ///
    /// # Errors
    /// The first [`EventProblem`] that is found.
    ///
    /// ```
    /// use mia_webhooks::{Code, Event, EventProblem, Secret, Verifier};
    ///
    /// let verifier = Verifier::new([Secret::new("secret")?])?;
    /// let payload = br#"{"eventName":"tag_created","payload":{}}"#;
    /// let token = verifier.sign(payload).to_string();
    ///
    /// let problem = Event::read(&verifier.verify(payload, Some(token.as_bytes()))?).unwrap_err();
    /// assert_eq!(problem, EventProblem::EventTimestampMissing);
    /// # Ok::<(), Code>(())
    /// ```
    pub fn read(verified: &Verified<'_>) -> Result<Self, EventProblem> {
        read(verified.payload())
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

fn read(payload: &[u8]) -> Result<Event, EventProblem> {
    use EventProblem as Problem;

    let text = core::str::from_utf8(payload).map_err(|_| Problem::NotUtf8)?;
    let Value::Object(mut envelope) = serde_json::from_str(text).map_err(|_| Problem::NotJson)? else {
        return Err(Problem::NotAnObject);
    };
    let name = match envelope.remove("eventName").ok_or(Problem::EventNameMissing)? {
        Value::String(name) if name.is_empty() => return Err(Problem::EventNameEmpty),
        Value::String(name) => name,
        _ => return Err(Problem::EventNameType),
    };
    let Value::Number(timestamp) = envelope.remove("eventTimestamp").ok_or(Problem::EventTimestampMissing)?
    else {
        return Err(Problem::EventTimestampType);
    };
    let timestamp = milliseconds(&timestamp).ok_or(Problem::EventTimestampRange)?;
    let Value::Object(payload) = envelope.remove("payload").ok_or(Problem::PayloadMissing)? else {
        return Err(Problem::PayloadType);
    };
    Ok(Event { name, timestamp, payload })
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
