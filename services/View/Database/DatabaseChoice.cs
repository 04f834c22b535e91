using System.Data.Common;
using Resort.View.Projections;

namespace Resort.View.Database;

/// <summary>The database that a connection string is written for.</summary>
public static class DatabaseChoice
{
    /// <summary><c>Data Source=…</c> is SQLite's, in the folder unless its path is a full one; <c>Host=…</c> is PostgreSQL's.</summary>
    /// <exception cref="ArgumentException">It is neither, or has a word in it that its database does not know.</exception>
    public static ViewDatabase Of(string connectionString, string folder, Listeners listeners, TimeProvider clock)
    {
        var words = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return words.ContainsKey("Data Source") ? new SqliteDatabase(connectionString, folder, listeners)
            : words.ContainsKey("Host") ? new PostgresDatabase(connectionString, listeners, clock)
            : throw new ArgumentException("It has neither `Data Source=` as for SQLite nor `Host=` as for PostgreSQL.");
    }
}
