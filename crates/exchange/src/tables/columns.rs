//! Tables as columns with types, in Parquet.
//!
//! In: rows. Out: one Parquet file, Snappy compressed, in groups of rows. Refuses to know:
//! Arrow; the columns are written with the format's own definition and repetition levels.

use super::List;
use super::column::{Kind, kind};
use crate::Error;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use serde_json::Value;
use std::io::Write;
use std::sync::Arc;

/// How many rows a group has: few enough that a group of statements with all their
/// accounts takes some tens of megabytes.
const GROUP: usize = 20_000;

/// A table while it is written: rows are held back until a group of them is whole.
pub(super) struct Columns<W: Write + Send> {
    list: List,
    file: SerializedFileWriter<W>,
    rows: Vec<Value>,
}

impl<W: Write + Send> Columns<W> {
    /// Writes the beginning of a file.
    pub fn start(list: List, out: W) -> Result<Columns<W>, Error> {
        let properties = WriterProperties::builder()
            .set_created_by("demarche".to_owned())
            .set_compression(Compression::SNAPPY)
            .build();
        let file = schema(list)
            .and_then(|schema| {
                SerializedFileWriter::new(out, schema, Arc::new(properties))
            })
            .map_err(|cause| failed(list, cause))?;
        Ok(Columns { list, file, rows: Vec::new() })
    }

    /// Takes one row.
    pub fn row(&mut self, row: Value) -> Result<(), Error> {
        self.rows.push(row);
        if self.rows.len() == GROUP { self.group() } else { Ok(()) }
    }

    /// Writes what is still held back, and the end of the file.
    pub fn end(mut self) -> Result<(), Error> {
        if !self.rows.is_empty() {
            self.group()?;
        }
        self.file.close().map_err(|cause| failed(self.list, cause))?;
        Ok(())
    }

    fn group(&mut self) -> Result<(), Error> {
        let list = self.list;
        let failed = |cause| failed(list, cause);
        let mut group = self.file.next_row_group().map_err(failed)?;
        for key in list.keys() {
            let column = group.next_column().map_err(failed)?;
            let mut column = column.expect("the schema has a column for every key");
            write(list, key, &self.rows, &mut column)?;
            column.close().map_err(failed)?;
        }
        group.close().map_err(failed)?;
        self.rows.clear();
        Ok(())
    }
}

fn schema(list: List) -> Result<TypePtr, ParquetError> {
    let columns = list.keys().iter().map(|key| {
        let physical = match kind(list, key) {
            Kind::Integer => Physical::INT64,
            Kind::Number => Physical::DOUBLE,
            Kind::Truth => Physical::BOOLEAN,
            Kind::Text | Kind::Texts | Kind::Json => Physical::BYTE_ARRAY,
        };
        match kind(list, key) {
            Kind::Texts => texts(key),
            _ => primitive(key, physical, Repetition::OPTIONAL),
        }
    });
    let columns = columns.collect::<Result<Vec<TypePtr>, ParquetError>>()?;
    Ok(Arc::new(Type::group_type_builder(list.name()).with_fields(columns).build()?))
}

fn primitive(
    name: &str,
    physical: Physical,
    repetition: Repetition,
) -> Result<TypePtr, ParquetError> {
    let is_text = physical == Physical::BYTE_ARRAY;
    Ok(Arc::new(
        Type::primitive_type_builder(name, physical)
            .with_repetition(repetition)
            .with_logical_type(is_text.then_some(LogicalType::String))
            .build()?,
    ))
}

/// A list as the format wants it: a group with a repeated group with the element.
fn texts(name: &str) -> Result<TypePtr, ParquetError> {
    let element = primitive("element", Physical::BYTE_ARRAY, Repetition::REQUIRED)?;
    let repeated = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![element])
        .build()?;
    Ok(Arc::new(
        Type::group_type_builder(name)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(Some(LogicalType::List))
            .with_fields(vec![Arc::new(repeated)])
            .build()?,
    ))
}

fn write(
    list: List,
    key: &str,
    rows: &[Value],
    column: &mut SerializedColumnWriter<'_>,
) -> Result<(), Error> {
    let odd = |found: &Value| Error::Column {
        list: list.name(),
        key: key.to_owned(),
        found: found.to_string(),
    };
    let values = rows.iter().map(|row| &row[key]);
    let bytes = |text: String| ByteArray::from(text.into_bytes());
    let text = |value: &Value| value.as_str().map(|text| bytes(text.to_owned()));
    let levels = match kind(list, key) {
        Kind::Text => Levels::of(values, text, odd)?.write::<ByteArrayType>(column),
        Kind::Json => {
            let json = |value: &Value| Some(bytes(value.to_string()));
            Levels::of(values, json, odd)?.write::<ByteArrayType>(column)
        }
        Kind::Integer => {
            Levels::of(values, Value::as_i64, odd)?.write::<Int64Type>(column)
        }
        Kind::Number => {
            Levels::of(values, Value::as_f64, odd)?.write::<DoubleType>(column)
        }
        Kind::Truth => Levels::of(values, Value::as_bool, odd)?.write::<BoolType>(column),
        Kind::Texts => {
            Levels::of_lists(values, text, odd)?.write::<ByteArrayType>(column)
        }
    };
    levels.map_err(|cause| failed(list, cause))
}

/// The values of a column that are there, and where they are.
struct Levels<T> {
    values: Vec<T>,
    /// Of each place how much of it is there: 0 nothing, 1 a value or an empty list, 2 an
    /// element.
    definition: Vec<i16>,
    /// Of each element of lists whether it goes on with the list before it.
    repetition: Option<Vec<i16>>,
}

impl<T> Levels<T> {
    fn of<'a>(
        rows: impl Iterator<Item = &'a Value>,
        read: impl Fn(&Value) -> Option<T>,
        odd: impl Fn(&Value) -> Error,
    ) -> Result<Levels<T>, Error> {
        let mut levels =
            Levels { values: Vec::new(), definition: Vec::new(), repetition: None };
        for value in rows {
            levels.definition.push(i16::from(!value.is_null()));
            if !value.is_null() {
                levels.values.push(read(value).ok_or_else(|| odd(value))?);
            }
        }
        Ok(levels)
    }

    fn of_lists<'a>(
        rows: impl Iterator<Item = &'a Value>,
        read: impl Fn(&Value) -> Option<T>,
        odd: impl Fn(&Value) -> Error,
    ) -> Result<Levels<T>, Error> {
        let (mut values, mut definition, mut repetition) =
            (Vec::new(), Vec::new(), Vec::new());
        for value in rows {
            let elements = match value {
                Value::Null => &[],
                Value::Array(elements) => elements.as_slice(),
                other => return Err(odd(other)),
            };
            if elements.is_empty() {
                definition.push(i16::from(!value.is_null()));
                repetition.push(0);
            }
            for (at, element) in elements.iter().enumerate() {
                values.push(read(element).ok_or_else(|| odd(value))?);
                definition.push(2);
                repetition.push(i16::from(at > 0));
            }
        }
        Ok(Levels { values, definition, repetition: Some(repetition) })
    }

    fn write<D: DataType<T = T>>(
        &self,
        column: &mut SerializedColumnWriter<'_>,
    ) -> Result<(), ParquetError> {
        let repetition = self.repetition.as_deref();
        column
            .typed::<D>()
            .write_batch(&self.values, Some(&self.definition), repetition)
            .map(drop)
    }
}

fn failed(list: List, cause: ParquetError) -> Error {
    Error::Table { list: list.name(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;
    use serde_json::json;

    fn read(bytes: &[u8]) -> SerializedFileReader<std::fs::File> {
        let mut file = tempfile::tempfile().expect("a file can be made");
        file.write_all(bytes).expect("a file can be written to");
        SerializedFileReader::new(file).expect("it is a Parquet file")
    }

    fn write(list: List, rows: &[Value]) -> Result<Vec<u8>, Error> {
        let mut out = Vec::new();
        let mut columns = Columns::start(list, &mut out)?;
        rows.iter().try_for_each(|row| columns.row(row.clone()))?;
        columns.end()?;
        Ok(out)
    }

    fn written(list: List, rows: &[Value]) -> Vec<u8> {
        write(list, rows).expect("memory can be written to")
    }

    #[test]
    fn lists_holes_and_groups_are_read_back() {
        let row = |number: usize| {
            json!({
                "kind": "move", "entry": format!("e{number}"), "document": "d",
                "outlet": (!number.is_multiple_of(3)).then_some("报"), "published": null,
                "origin": "o", "span_start": number, "span_end": number + 1,
                "evidence": "言", "rules": vec!["规则"; number % 4],
            })
        };
        let rows: Vec<Value> = (0..GROUP + 5).map(row).collect();
        let bytes = written(List::Accounts, &rows);
        assert_eq!(bytes, written(List::Accounts, &rows), "same rows, same bytes");
        let file = read(&bytes);
        assert_eq!(file.num_row_groups(), 2);
        let rows_read = file.get_row_iter(None).expect("it has rows");
        let mut count = 0;
        for (number, row) in rows_read.enumerate() {
            let row = row.expect("a row is whole");
            assert_eq!(row.get_string(1).expect("a text"), &format!("e{number}"));
            assert_eq!(row.get_string(3).is_ok(), !number.is_multiple_of(3));
            assert_eq!(row.get_long(6).expect("a number"), number as i64);
            assert_eq!(row.get_list(9).expect("a list").len(), number % 4);
            count += 1;
        }
        assert_eq!(count, rows.len());
    }

    #[test]
    fn a_list_of_no_rows_still_has_its_columns() {
        let file = read(&written(List::Meetings, &[]));
        let schema = file.metadata().file_metadata().schema();
        let names: Vec<&str> = schema.get_fields().iter().map(|f| f.name()).collect();
        assert_eq!(names, List::Meetings.keys());
        assert_eq!(file.metadata().file_metadata().num_rows(), 0);
    }

    #[test]
    fn a_value_of_another_kind_is_refused() {
        let odd = json!({"kind": "move", "span_start": "three"});
        let refused = write(List::Accounts, &[odd]);
        assert!(matches!(refused, Err(Error::Column { key, .. }) if key == "span_start"));
    }
}
