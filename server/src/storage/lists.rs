//! Many rows as the parameters of one statement: `sqlx::Any` knows no arrays, and a text with as
//! many parameters as there are rows would be another statement for each number of them.

use super::connection::StorageError;
use sqlx::Any;
use sqlx::any::AnyArguments;
use sqlx::query::QueryAs;

/// The columns of many rows, each as one text with a comma between values, for `string_to_array`.
pub(super) struct Lists<const COLUMNS: usize>([String; COLUMNS]);

impl<const COLUMNS: usize> Lists<COLUMNS> {
    /// Ids and base64url. A comma in one of them would move it and what follows into other rows.
    pub(super) fn add(&mut self, row: [&str; COLUMNS]) -> Result<(), StorageError> {
        if row.iter().any(|value| value.is_empty() || value.contains(',')) {
            let value = "nothing or a comma".to_owned();
            return Err(StorageError::Content { expected: "an id or base64url", value });
        }
        for (list, value) in self.0.iter_mut().zip(row) {
            if !list.is_empty() {
                list.push(',');
            }
            list.push_str(value);
        }
        Ok(())
    }

    /// As the first parameters, in order.
    pub(super) fn bind_to<T>(
        self,
        query: QueryAs<'_, Any, T, AnyArguments>,
    ) -> QueryAs<'_, Any, T, AnyArguments> {
        self.0.into_iter().fold(query, |query, list| query.bind(list))
    }
}

impl<const COLUMNS: usize> Default for Lists<COLUMNS> {
    fn default() -> Self {
        Self(std::array::from_fn(|_| String::new()))
    }
}
