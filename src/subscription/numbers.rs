//! Numbers as text. The standard library's formatting would be a tenth of the wasm module,
//! whose build removes it: in what this module calls there is no `format!`.

/// In decimal digits.
pub(crate) fn decimal(number: u64) -> String {
    padded(number, 1)
}

/// In at least so many decimal digits.
pub(crate) fn padded(number: u64, least: usize) -> String {
    let mut digits = Vec::new();
    let mut rest = number;
    while rest > 0 || digits.len() < least {
        digits.push(char::from(b'0' + (rest % 10) as u8));
        rest /= 10;
    }
    digits.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        for number in [0, 7, 10, 99, 1_048_576, u64::MAX] {
            assert_eq!(decimal(number), number.to_string());
            assert_eq!(padded(number, 4), format!("{number:04}"));
        }
    }
}
