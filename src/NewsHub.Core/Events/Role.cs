namespace NewsHub.Core.Events;

/// <summary>What someone is here for. Each may do all that the one before may.</summary>
public enum Role
{
    /// <summary>Writes and files own stories.</summary>
    Reporter,

    /// <summary>Works on everybody's: edits, returns, approves, spikes, composes the next edition.</summary>
    Editor,

    /// <summary>Decides what readers see: publishes, schedules, corrects, withdraws, lets editions out.</summary>
    Publisher,

    /// <summary>Keeps the house: staff, settings, the audit log.</summary>
    Administrator,
}
